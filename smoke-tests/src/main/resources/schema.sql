CREATE TABLE products (
  id bigint PRIMARY KEY,
  name varchar(100) NOT NULL,
  price decimal(10, 2) NOT NULL
);
CREATE TABLE stock (
  product_id bigint PRIMARY KEY REFERENCES products (id),
  pieces int NOT NULL CHECK (pieces >= 0)
);
CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  product_id bigint NOT NULL REFERENCES products (id),
  pieces int NOT NULL
);
