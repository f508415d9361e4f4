import java.util.zip.CRC32;

public class ReadsStandardInput {
  public static void main(String[] args) throws Exception {
    CRC32 sum = new CRC32();
    byte[] buffer = new byte[4096];
    long total = 0;
    for (int read = System.in.read(buffer); read >= 0; read = System.in.read(buffer)) {
      sum.update(buffer, 0, read);
      total += read;
    }
    System.out.println(total + " " + sum.getValue());
  }
}
