-- The CHECKs are a second line of defence: every change of credit is conditional by itself.
CREATE TABLE IF NOT EXISTS users (
  id      VARCHAR(36) NOT NULL,
  credit  BIGINT      NOT NULL DEFAULT 0,
  charged BIGINT      NOT NULL DEFAULT 0 COMMENT 'what sagas took: the sum over the ledger, kept beside credit so that an audit can compare',
  PRIMARY KEY (id),
  CONSTRAINT credit_is_never_negative CHECK (credit BETWEEN 0 AND 9007199254740991),
  CONSTRAINT charged_is_never_negative CHECK (charged >= 0)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The step ledger: what each saga did here, once. A row that begins as `undone` keeps a late do out.
CREATE TABLE IF NOT EXISTS saga_steps (
  saga_id   VARCHAR(48) NOT NULL COMMENT 'order id / attempt',
  step      ENUM('charge') NOT NULL,
  state     ENUM('done', 'refused', 'undone') NOT NULL,
  user_id   VARCHAR(36) NULL,
  amount    BIGINT      NOT NULL DEFAULT 0,
  calls     INT UNSIGNED NOT NULL DEFAULT 1 COMMENT 'how often the step was asked for, undo included',
  done_at   DATETIME(3) NULL,
  undone_at DATETIME(3) NULL,
  PRIMARY KEY (saga_id, step)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
