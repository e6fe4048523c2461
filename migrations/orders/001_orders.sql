CREATE TABLE IF NOT EXISTS orders (
  id         VARCHAR(36) NOT NULL,
  user_id    VARCHAR(36) NOT NULL,
  items      MEDIUMTEXT  NOT NULL COMMENT 'JSON [[item id, quantity, price] …], as they were added; the price is the one that was agreed',
  total_cost BIGINT      NOT NULL DEFAULT 0 COMMENT 'sum of price x quantity',
  status     ENUM('open', 'checking out', 'paid') NOT NULL DEFAULT 'open' COMMENT 'checking out: the saga of the last attempt is running',
  attempts   INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'sagas that were begun; a reset keeps it, so that a saga id never comes twice',
  PRIMARY KEY (id),
  CONSTRAINT items_are_json CHECK (JSON_VALID(items)),
  CONSTRAINT total_cost_is_exact CHECK (total_cost BETWEEN 0 AND 9007199254740991)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The saga log: an attempt to check an order out. Its end is decided once, by the change of the order's status; what follows only carries it out.
CREATE TABLE IF NOT EXISTS sagas (
  order_id    VARCHAR(36) NOT NULL,
  attempt     INT UNSIGNED NOT NULL,
  state       ENUM('running', 'compensating', 'parked', 'succeeded', 'failed') NOT NULL,
  user_id     VARCHAR(36) NOT NULL,
  total_cost  BIGINT      NOT NULL,
  reason      VARCHAR(200) NULL COMMENT 'why it failed, in the words of the answer',
  request_id  VARCHAR(128) NOT NULL COMMENT 'of the POST that began it',
  begun_at    DATETIME(3) NOT NULL,
  decided_at  DATETIME(3) NULL,
  finished_at DATETIME(3) NULL COMMENT 'all is done or undone',
  tries       INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'of the reconciler',
  due_at      DATETIME(3) NOT NULL COMMENT 'when the reconciler looks at it, if it is not finished by then',
  PRIMARY KEY (order_id, attempt),
  KEY by_state (state, due_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The answer to a checkout follows from its saga: a key names the saga instead of keeping a copy.
CREATE TABLE IF NOT EXISTS checkout_keys (
  id           CHAR(64)    NOT NULL COMMENT 'SHA-256 of route and key',
  order_id     VARCHAR(36) NOT NULL,
  attempt      INT UNSIGNED NOT NULL,
  execution    VARCHAR(80) NOT NULL COMMENT 'of the state machine: its own repeated step must not meet its own key as a stranger',
  expires_at   DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  KEY by_expiry (expires_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
