-- One row: who may run, and what is published.
CREATE TABLE IF NOT EXISTS synchroniser (
  id          TINYINT      NOT NULL DEFAULT 1,
  lease_token CHAR(36)     NULL COMMENT 'of the run that holds the lease; a run that finds another one here has lost it',
  lease_until DATETIME(3)  NULL,
  version     BIGINT       NOT NULL DEFAULT 0 COMMENT 'one more with every run that changed what is published',
  upstream    VARCHAR(20)  NULL COMMENT 'which one the published rows came from',
  due_at      DATETIME(3)  NULL COMMENT 'when the schedule fired last, at first when it was made',
  PRIMARY KEY (id),
  CONSTRAINT there_is_one_synchroniser CHECK (id = 1)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
INSERT IGNORE INTO synchroniser (id, due_at) VALUES (1, UTC_TIMESTAMP(3));

CREATE TABLE IF NOT EXISTS sync_runs (
  id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  cause        ENUM('schedule', 'request') NOT NULL,
  state        ENUM('requested', 'running', 'succeeded', 'failed') NOT NULL,
  request_id   VARCHAR(128) NOT NULL,
  upstream     VARCHAR(20)  NULL,
  requested_at DATETIME(3)  NOT NULL,
  started_at   DATETIME(3)  NULL,
  ended_at     DATETIME(3)  NULL,
  counts       TEXT         NULL COMMENT 'JSON',
  error        TEXT         NULL,
  PRIMARY KEY (id),
  KEY by_state (state, id),
  KEY by_end (ended_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What a run has fetched. A broken row whose id can be read is kept with its id alone: what is published of it stays as it is.
CREATE TABLE IF NOT EXISTS staged_breeds (
  run_id      BIGINT UNSIGNED NOT NULL,
  id          VARCHAR(36)   NOT NULL,
  broken      BOOLEAN       NOT NULL DEFAULT FALSE,
  name        VARCHAR(200)  NULL,
  description TEXT          NULL,
  origin      VARCHAR(200)  NULL,
  temperament VARCHAR(1000) NULL,
  PRIMARY KEY (run_id, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS staged_categories (
  run_id BIGINT UNSIGNED NOT NULL,
  id     INT UNSIGNED    NOT NULL,
  broken BOOLEAN         NOT NULL DEFAULT FALSE,
  name   VARCHAR(200)    NULL,
  PRIMARY KEY (run_id, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS staged_breed_images (
  run_id   BIGINT UNSIGNED NOT NULL,
  breed_id VARCHAR(36)     NOT NULL,
  id       VARCHAR(64)     NOT NULL,
  broken   BOOLEAN         NOT NULL DEFAULT FALSE,
  url      VARCHAR(2000)   NULL,
  position INT UNSIGNED    NULL,
  PRIMARY KEY (run_id, breed_id, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS staged_category_images (
  run_id      BIGINT UNSIGNED NOT NULL,
  category_id INT UNSIGNED    NOT NULL,
  id          VARCHAR(64)     NOT NULL,
  broken      BOOLEAN         NOT NULL DEFAULT FALSE,
  url         VARCHAR(2000)   NULL,
  position    INT UNSIGNED    NULL,
  PRIMARY KEY (run_id, category_id, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
