-- The CHECKs are a second line of defence: every change of stock is conditional by itself.
CREATE TABLE IF NOT EXISTS items (
  id    VARCHAR(36)  NOT NULL,
  price INT UNSIGNED NOT NULL,
  stock BIGINT       NOT NULL DEFAULT 0,
  sold  BIGINT       NOT NULL DEFAULT 0 COMMENT 'pieces that sagas hold: the sum over the ledger, kept beside stock so that an audit can compare',
  PRIMARY KEY (id),
  CONSTRAINT stock_is_never_negative CHECK (stock BETWEEN 0 AND 9007199254740991),
  CONSTRAINT sold_is_never_negative CHECK (sold >= 0)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The step ledger: what each saga did here, once. A row that begins as `undone` keeps a late do out.
CREATE TABLE IF NOT EXISTS saga_steps (
  saga_id      VARCHAR(48) NOT NULL COMMENT 'order id / attempt',
  step         ENUM('reserve') NOT NULL,
  state        ENUM('done', 'refused', 'undone') NOT NULL,
  items        MEDIUMTEXT  NULL COMMENT 'JSON [[item id, quantity] …], an item once, in the order in which they are locked',
  quantity     BIGINT      NOT NULL DEFAULT 0 COMMENT 'pieces in all',
  value        BIGINT      NOT NULL DEFAULT 0 COMMENT 'sum of price x quantity, at the prices of the order',
  refused_item VARCHAR(36) NULL,
  calls        INT UNSIGNED NOT NULL DEFAULT 1 COMMENT 'how often the step was asked for, undo included',
  done_at      DATETIME(3) NULL,
  undone_at    DATETIME(3) NULL,
  PRIMARY KEY (saga_id, step)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
