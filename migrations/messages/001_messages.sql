CREATE TABLE IF NOT EXISTS messages (
  id          BIGINT UNSIGNED NOT NULL COMMENT '1, 2, 3 … without a gap: taken from sequence in the transaction that inserts',
  message_key CHAR(36)     NOT NULL COMMENT 'uuid that the sender got; a second delivery of it changes nothing',
  channel     VARCHAR(64)  NOT NULL,
  payload     MEDIUMTEXT   NOT NULL COMMENT 'JSON text exactly as it was sent: parsing it would lose numbers beyond 2^53',
  bytes       INT UNSIGNED NOT NULL COMMENT 'of the payload in UTF-8',
  request_id  VARCHAR(128) NOT NULL COMMENT 'of the POST',
  received_at DATETIME(3)  NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY by_key (message_key),
  KEY by_channel (channel, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Whoever stores holds the lock of the row `messages` until the commit, so ids become visible in their order. `settled` only counts commits.
CREATE TABLE IF NOT EXISTS sequence (
  name VARCHAR(20)     NOT NULL,
  last BIGINT UNSIGNED NOT NULL COMMENT 'of messages: the id that was given last',
  PRIMARY KEY (name)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
INSERT IGNORE INTO sequence (name, last) VALUES ('messages', 0), ('settled', 0);
