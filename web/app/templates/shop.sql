CREATE TYPE order_status AS ENUM ('draft', 'placed', 'paid', 'shipped', 'cancelled');

CREATE TABLE customer (
  customer_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text NOT NULL UNIQUE,
  name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE address (
  address_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customer ON DELETE CASCADE,
  street text NOT NULL,
  city text NOT NULL,
  postcode varchar(12) NOT NULL,
  country char(2) NOT NULL
);
CREATE TABLE category (
  category_id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  parent_id int REFERENCES category,
  name text NOT NULL
);
CREATE TABLE product (
  product_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  category_id int NOT NULL REFERENCES category,
  sku text NOT NULL UNIQUE,
  name text NOT NULL,
  price numeric(10,2) NOT NULL CHECK (price >= 0),
  attributes jsonb NOT NULL DEFAULT '{}'
);
CREATE TABLE "order" (
  order_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customer,
  ship_to bigint REFERENCES address,
  status order_status NOT NULL DEFAULT 'draft',
  placed_at timestamptz
);
CREATE TABLE order_line (
  order_id bigint NOT NULL REFERENCES "order" ON DELETE CASCADE,
  line smallint NOT NULL,
  product_id bigint NOT NULL REFERENCES product,
  quantity int NOT NULL CHECK (quantity > 0),
  unit_price numeric(10,2) NOT NULL,
  PRIMARY KEY (order_id, line)
);
CREATE INDEX order_customer_idx ON "order" (customer_id, placed_at DESC);
CREATE VIEW order_total AS
  SELECT order_id, sum(quantity * unit_price) AS total FROM order_line GROUP BY order_id;
