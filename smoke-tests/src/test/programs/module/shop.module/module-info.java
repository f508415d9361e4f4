module shop.module {
  requires java.net.http;
}
