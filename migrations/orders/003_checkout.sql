-- A step is one round trip. Locks go order first, then saga, everywhere.
-- InnoDB shows a commit to others before it is on disk, and a COMMIT without changes waits for nothing: what is only read, and told, a crash could
-- still take back. So whoever tells a decision of somebody else changes the saga's row, by a millisecond that means nothing: its COMMIT
-- waits for the log, and with it for the decision.

-- Begins an attempt, or joins the one that is running: its steps are idempotent, so two runs of one saga have one outcome.
-- A key that was used before fails the insert (1062); the caller then looks at what it stands for.
DROP PROCEDURE IF EXISTS begin_checkout;
CREATE PROCEDURE begin_checkout(IN p_order VARCHAR(36), IN p_request VARCHAR(128), IN p_grace_seconds INT, IN p_key CHAR(64), IN p_execution VARCHAR(80))
SQL SECURITY INVOKER
BEGIN
  DECLARE v_status VARCHAR(12);
  DECLARE v_attempt INT;
  DECLARE v_user VARCHAR(36);
  DECLARE v_items MEDIUMTEXT;
  DECLARE v_total BIGINT;
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END;
  START TRANSACTION;
  SELECT status, attempts, user_id, items, total_cost INTO v_status, v_attempt, v_user, v_items, v_total
    FROM orders WHERE id = p_order FOR UPDATE;
  IF v_status = 'open' THEN
    SET v_attempt = v_attempt + 1;
    UPDATE orders SET status = 'checking out', attempts = v_attempt WHERE id = p_order;
    INSERT INTO sagas (order_id, attempt, state, user_id, total_cost, request_id, begun_at, due_at)
      VALUES (p_order, v_attempt, 'running', v_user, v_total, p_request, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) + INTERVAL p_grace_seconds SECOND);
  ELSEIF v_status = 'paid' THEN
    UPDATE sagas SET due_at = due_at + INTERVAL 1000 MICROSECOND WHERE order_id = p_order AND attempt = v_attempt;
  END IF;
  IF p_key IS NOT NULL AND v_status IS NOT NULL THEN
    INSERT INTO checkout_keys (id, order_id, attempt, execution, expires_at)
      VALUES (p_key, p_order, v_attempt, p_execution, UTC_TIMESTAMP(3) + INTERVAL 1 DAY);
  END IF;
  COMMIT;
  SELECT v_status AS status, v_attempt AS attempt, v_user AS user_id, v_items AS items, v_total AS total_cost;
END;

-- The point of no return: the order is paid if the saga is still running, and not otherwise.
DROP PROCEDURE IF EXISTS complete_checkout;
CREATE PROCEDURE complete_checkout(IN p_order VARCHAR(36), IN p_attempt INT UNSIGNED)
SQL SECURITY INVOKER
BEGIN
  DECLARE v_state VARCHAR(12) DEFAULT 'succeeded';
  DECLARE v_reason VARCHAR(200);
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END;
  START TRANSACTION;
  UPDATE orders SET status = 'paid' WHERE id = p_order AND attempts = p_attempt AND status = 'checking out';
  IF ROW_COUNT() = 1 THEN
    UPDATE sagas SET state = 'succeeded', decided_at = UTC_TIMESTAMP(3), finished_at = UTC_TIMESTAMP(3) WHERE order_id = p_order AND attempt = p_attempt;
  ELSE
    UPDATE sagas SET due_at = due_at + INTERVAL 1000 MICROSECOND WHERE order_id = p_order AND attempt = p_attempt;
    SELECT state, reason INTO v_state, v_reason FROM sagas WHERE order_id = p_order AND attempt = p_attempt;
  END IF;
  COMMIT;
  SELECT v_state AS state, v_reason AS reason;
END;

-- The other end, equally final. Where nothing was done (p_settled) there is nothing to undo.
DROP PROCEDURE IF EXISTS abort_checkout;
CREATE PROCEDURE abort_checkout(IN p_order VARCHAR(36), IN p_attempt INT UNSIGNED, IN p_reason VARCHAR(200), IN p_settled BOOLEAN)
SQL SECURITY INVOKER
BEGIN
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END;
  START TRANSACTION;
  UPDATE orders SET status = 'open' WHERE id = p_order AND attempts = p_attempt AND status = 'checking out';
  IF ROW_COUNT() = 1 THEN
    UPDATE sagas SET state = IF(p_settled, 'failed', 'compensating'), reason = p_reason, decided_at = UTC_TIMESTAMP(3),
        finished_at = IF(p_settled, UTC_TIMESTAMP(3), NULL)
      WHERE order_id = p_order AND attempt = p_attempt;
  ELSE
    UPDATE sagas SET due_at = due_at + INTERVAL 1000 MICROSECOND WHERE order_id = p_order AND attempt = p_attempt;
  END IF;
  COMMIT;
  SELECT state, reason FROM sagas WHERE order_id = p_order AND attempt = p_attempt;
END;
