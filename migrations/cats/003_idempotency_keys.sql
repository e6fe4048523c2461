CREATE TABLE IF NOT EXISTS idempotency_keys (
  id           CHAR(64)    NOT NULL COMMENT 'SHA-256 of route and key',
  payload_hash CHAR(64)    NOT NULL,
  answer       MEDIUMTEXT  NOT NULL COMMENT 'JSON, replayed as it was given',
  expires_at   DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  KEY by_expiry (expires_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
