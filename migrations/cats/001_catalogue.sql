-- What is published. It changes only in the transaction that publishes a whole run.
CREATE TABLE IF NOT EXISTS breeds (
  id          VARCHAR(36)  NOT NULL,
  name        VARCHAR(200) NOT NULL,
  description TEXT         NOT NULL,
  origin      VARCHAR(200) NOT NULL,
  temperament VARCHAR(1000) NOT NULL COMMENT 'A, B, C',
  PRIMARY KEY (id),
  KEY by_name (name),
  KEY by_origin (origin)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS categories (
  id   INT UNSIGNED NOT NULL,
  name VARCHAR(200) NOT NULL,
  PRIMARY KEY (id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS breed_images (
  breed_id VARCHAR(36)   NOT NULL,
  id       VARCHAR(64)   NOT NULL,
  url      VARCHAR(2000) NOT NULL,
  position INT UNSIGNED  NOT NULL COMMENT 'as the upstream orders them',
  PRIMARY KEY (breed_id, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS category_images (
  category_id INT UNSIGNED  NOT NULL,
  id          VARCHAR(64)   NOT NULL,
  url         VARCHAR(2000) NOT NULL,
  position    INT UNSIGNED  NOT NULL,
  PRIMARY KEY (category_id, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
