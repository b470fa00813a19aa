CREATE TABLE item (
  id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name varchar(100) NOT NULL,
  price decimal(8,2) DEFAULT 0,
  KEY by_price (price),
  KEY by_name_price (name, price),
  CONSTRAINT positive CHECK (price >= 0)
) COLLATE utf8mb4_general_ci;
CREATE TABLE line (
  id int NOT NULL PRIMARY KEY,
  item_id int DEFAULT NULL,
  amount int NOT NULL,
  CONSTRAINT line_item FOREIGN KEY (item_id) REFERENCES item (id)
) COLLATE utf8mb4_general_ci;
CREATE TABLE note (id int NOT NULL PRIMARY KEY, text text CHECK (text <> '')) COLLATE utf8mb4_general_ci;
CREATE TABLE bare (a int) COLLATE utf8mb4_general_ci;
CREATE VIEW dear AS SELECT id, text FROM note WHERE id > 10;
CREATE VIEW gone AS SELECT id FROM note;
DELIMITER ;;
CREATE TRIGGER counted BEFORE INSERT ON bare FOR EACH ROW BEGIN SET NEW.a = NEW.a + 1; END ;;
CREATE FUNCTION following (x int) RETURNS int DETERMINISTIC RETURN x + 1 ;;
DELIMITER ;
