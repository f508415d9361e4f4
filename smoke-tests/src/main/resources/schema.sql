create table products (
  id bigint primary key,
  name varchar(100) not null,
  price decimal(10, 2) not null
);
create table stock (
  product_id bigint primary key references products (id),
  pieces int not null check (pieces >= 0)
);
create table orders (
  id bigint generated always as identity primary key,
  product_id bigint not null references products (id),
  pieces int not null
);
