INSERT INTO products (id, name, price) VALUES
  (1, 'Espresso cup', 9.50),
  (2, 'Tea pot', 34.00),
  (3, 'Sugar bowl', 14.25),
  (4, 'Milk jug', 12.75),
  (5, 'Cake stand', 42.00);
INSERT INTO stock (product_id, pieces) VALUES (1, 1000000), (2, 1000000), (3, 1000000), (4, 1000000), (5, 0);
