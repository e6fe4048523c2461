-- A picture is its own outbox: announced_at stays NULL until Kafka or SQS has acknowledged the job.
CREATE TABLE IF NOT EXISTS pictures (
  id            CHAR(40)     NOT NULL COMMENT 'public identifier, 40 hex characters',
  state         ENUM('queued', 'processing', 'done', 'failed') NOT NULL DEFAULT 'queued',
  width         SMALLINT UNSIGNED NOT NULL,
  height        SMALLINT UNSIGNED NOT NULL,
  fit           VARCHAR(8)   NOT NULL,
  format        VARCHAR(4)   NOT NULL,
  source_key    VARCHAR(64)  NOT NULL COMMENT 'S3 key of the picture as it was sent',
  result_key    VARCHAR(64)  NULL COMMENT 'S3 key of the resized picture, when done',
  result_bytes  INT UNSIGNED NULL,
  error         VARCHAR(500) NULL COMMENT 'why it failed for good, in words for the client',
  announcements SMALLINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'how often the job was put on the transport',
  request_id    VARCHAR(128) NOT NULL COMMENT 'of the POST, carried along to the consumer',
  created_at    DATETIME(3)  NOT NULL,
  announced_at  DATETIME(3)  NULL,
  updated_at    DATETIME(3)  NOT NULL,
  PRIMARY KEY (id),
  KEY by_state (state, updated_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
