/** The databases that the contract's rows are replayed on: real PostgreSQL, MariaDB and SQLite, each with the same two tables. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sqljsOpener } from "../../server/engines/index.ts";
import type { ExpectedField, Place } from "./database-suite.ts";
import { startMariadb } from "./mariadb.ts";
import { startPostgres } from "./postgres.ts";

const PASSWORD = "s3cret-canary-Pa55";
const ROW = "row-canary-41d2";
const SECRETS = [PASSWORD, ROW];

const field = (name: string, type: string, over: Partial<ExpectedField> = {}): ExpectedField => ({
  name,
  type,
  size: null,
  nullable: true,
  notNull: false,
  default: null,
  primary: false,
  autoIncrement: false,
  unique: false,
  comment: null,
  ...over,
});

const KEY = {
  name: "id",
  type: "INT",
  default: "",
  check: "",
  primary: true,
  unique: true,
  notNull: true,
  increment: true,
  comment: "",
};

const REQUIRED = { nullable: false, notNull: true };

export async function postgresPlace(): Promise<Place | null> {
  const postgres = await startPostgres(15);
  if (postgres === null) return null;
  await postgres.psql("postgres", `create role app login password '${PASSWORD}'; create database shop owner app;`);
  await postgres.psql(
    "shop",
    `set role app;
     create table customers (id serial primary key, name varchar(80) not null default 'x', code text unique);
     comment on column customers.name is 'what they are called';
     create table orders (
       id bigint generated always as identity primary key,
       customer_id int not null references customers on delete cascade on update restrict, note text default 'it''s');
     create view totals as select 1 as one;
     create schema hidden; create table hidden.unseen (id int);
     insert into customers (name) values ('${ROW}');`,
  );
  return {
    connection: {
      type: "postgres",
      host: "127.0.0.1",
      port: postgres.port,
      username: "app",
      password: PASSWORD,
      database: "shop",
    },
    type: "postgres",
    version: /^PostgreSQL 15\.\d+$/,
    database: "shop",
    databases: ["shop"],
    tables: ["customers", "orders"],
    drawdb: "postgresql",
    orders: [
      field("id", "BIGINT", { ...REQUIRED, primary: true, autoIncrement: true }),
      field("customer_id", "INT", REQUIRED),
      field("note", "TEXT", { default: "'it''s'::text" }),
    ],
    foreignKey: "orders_customer_id_fkey",
    updateRule: "RESTRICT",
    dbml: `Table customers {
  id INT [pk, increment, not null, default: 'nextval(\\'public.customers_id_seq\\'::regclass)']
  name VARCHAR [not null, default: '\\'x\\'::character varying', note: 'what they are called']
  code TEXT [unique]
}

Table orders {
  id BIGINT [pk, increment, not null]
  customer_id INT [not null]
  note TEXT [default: '\\'it\\'\\'s\\'::text']
}

Ref: orders.customer_id > customers.id [delete: cascade]
`,
    key: KEY,
    missing: ['no"such', 'database "no"such" does not exist'],
    secrets: SECRETS,
    config: {},
    close: postgres.stop,
  };
}

export async function mariadbPlace(): Promise<Place | null> {
  const mariadb = await startMariadb();
  if (mariadb === null) return null;
  await mariadb.script(
    "mysql",
    `create database shop; create user app@'%' identified by '${PASSWORD}'; grant select, show view on shop.* to app@'%';`,
  );
  const said = await mariadb.script(
    "shop",
    `create table customers (id int auto_increment primary key, name varchar(80) not null default 'x' comment 'what they are called',
       code varchar(10) unique);
     create table orders (id bigint auto_increment primary key, customer_id int not null, note varchar(20) default 'it''s',
       total decimal(8,2) default 0.00, feels enum('sad','ok') default 'sad', size int unsigned,
       constraint owed foreign key (customer_id) references customers (id) on delete cascade on update no action);
     create view totals as select customer_id, sum(total) as total from orders group by customer_id;
     insert into customers (name) values ('${ROW}');`,
  );
  if (said !== "") throw new Error(said);
  return {
    connection: { type: "mysql", host: "127.0.0.1", port: mariadb.port, username: "app", password: PASSWORD, database: "shop" },
    type: "mysql",
    version: /^MariaDB 1\d\.\d+/,
    database: "shop",
    databases: ["shop"],
    tables: ["customers", "orders", "totals"],
    drawdb: "mariadb",
    orders: [
      // MariaDB tells how wide it would print a whole number.
      field("id", "BIGINT", { ...REQUIRED, size: 20, primary: true, autoIncrement: true }),
      field("customer_id", "INT", { ...REQUIRED, size: 11 }),
      field("note", "VARCHAR", { size: 20, default: "'it''s'" }),
      field("total", "DECIMAL", { size: "8,2", default: "0.00" }),
      field("feels", "ENUM", { default: "'sad'" }),
      field("size", "INT", { size: 10 }),
    ],
    foreignKey: "owed",
    updateRule: "NO ACTION",
    dbml: `Table customers {
  id INT [pk, increment, not null]
  name VARCHAR [not null, default: '\\'x\\'', note: 'what they are called']
  code VARCHAR [unique]
}

Table orders {
  id BIGINT [pk, increment, not null]
  customer_id INT [not null]
  note VARCHAR [default: '\\'it\\'\\'s\\'']
  total DECIMAL [default: '0.00']
  feels ENUM [default: '\\'sad\\'']
  size INT
}

Ref: orders.customer_id > customers.id [update: no action, delete: cascade]
`,
    key: { ...KEY, size: 11 },
    missing: ["no_such", "Access denied for user 'app'@'%' to database 'no_such'"],
    secrets: SECRETS,
    config: {},
    close: mariadb.stop,
  };
}

export async function sqlitePlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), "drawbridge-sqlite-"));
  const db = (await sqljsOpener())();
  db.run(
    `create table customers (id integer primary key, name varchar(80) not null default 'x', code text unique);
     create table orders (id integer primary key autoincrement, note text default 'it''s',
       customer_id int not null references customers (id) on delete cascade on update restrict);
     create view totals as select 1 as one;
     insert into customers (name) values ('${ROW}');`,
  );
  await writeFile(join(folder, "shop.sqlite"), db.export());
  db.close();
  return {
    connection: { type: "sqlite", username: "anyone", password: PASSWORD, database: "shop.sqlite" },
    type: "sqlite",
    version: /^SQLite 3\.\d+/,
    database: "shop.sqlite",
    databases: ["shop.sqlite"],
    tables: ["customers", "orders"],
    drawdb: "sqlite",
    orders: [
      field("id", "INTEGER", { primary: true, autoIncrement: true }),
      field("note", "TEXT", { default: "'it''s'" }),
      field("customer_id", "INT", REQUIRED),
    ],
    foreignKey: "fk_orders_customer_id",
    updateRule: "RESTRICT",
    dbml: `Table customers {
  id INTEGER [pk, increment]
  name VARCHAR [not null, default: '\\'x\\'']
  code TEXT [unique]
}

Table orders {
  id INTEGER [pk, increment]
  note TEXT [default: '\\'it\\'\\'s\\'']
  customer_id INT [not null]
}

Ref: orders.customer_id > customers.id [delete: cascade]
`,
    key: { ...KEY, type: "INTEGER", notNull: false },
    missing: [
      "../shop.sqlite",
      "There is no SQLite database ../shop.sqlite in this server's SQLITE_DIR. Give the plain name of a file there, or open your own file in the browser.",
    ],
    secrets: [...SECRETS, folder],
    config: { sqliteDir: folder },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
