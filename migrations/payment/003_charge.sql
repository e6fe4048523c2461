-- A step is one round trip: claim the ledger's row, then one conditional statement.
DROP PROCEDURE IF EXISTS charge;
CREATE PROCEDURE charge(IN p_saga VARCHAR(48), IN p_user VARCHAR(36), IN p_amount BIGINT)
SQL SECURITY INVOKER
BEGIN
  DECLARE v_state VARCHAR(10) DEFAULT 'done';
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END;
  START TRANSACTION;
  INSERT INTO saga_steps (saga_id, step, state, user_id, amount, done_at)
    VALUES (p_saga, 'charge', 'done', p_user, p_amount, UTC_TIMESTAMP(3))
    ON DUPLICATE KEY UPDATE calls = calls + 1;
  -- 1: inserted. 2: it was there, and its row is locked now.
  IF ROW_COUNT() = 1 THEN
    UPDATE users SET credit = credit - p_amount, charged = charged + p_amount WHERE id = p_user AND credit >= p_amount;
    -- An update by 0 changes nothing, which connections count differently: there the user is looked for.
    IF ROW_COUNT() = 0 AND (p_amount > 0 OR NOT EXISTS (SELECT 1 FROM users WHERE id = p_user)) THEN
      SET v_state = 'refused';
      UPDATE saga_steps SET state = 'refused' WHERE saga_id = p_saga AND step = 'charge';
    END IF;
  ELSE
    SELECT state INTO v_state FROM saga_steps WHERE saga_id = p_saga AND step = 'charge' FOR UPDATE;
  END IF;
  COMMIT;
  SELECT v_state AS state;
END;

-- Gives back what the saga took. Before its do, it leaves a row that keeps the do out.
DROP PROCEDURE IF EXISTS refund;
CREATE PROCEDURE refund(IN p_saga VARCHAR(48))
SQL SECURITY INVOKER
BEGIN
  DECLARE v_state VARCHAR(10);
  DECLARE v_user VARCHAR(36);
  DECLARE v_amount BIGINT;
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END;
  START TRANSACTION;
  INSERT INTO saga_steps (saga_id, step, state, undone_at) VALUES (p_saga, 'charge', 'undone', UTC_TIMESTAMP(3))
    ON DUPLICATE KEY UPDATE calls = calls + 1;
  SELECT state, user_id, amount INTO v_state, v_user, v_amount FROM saga_steps WHERE saga_id = p_saga AND step = 'charge' FOR UPDATE;
  IF v_state = 'done' THEN
    UPDATE users SET credit = credit + v_amount, charged = charged - v_amount WHERE id = v_user;
    SET v_state = 'undone';
    UPDATE saga_steps SET state = 'undone', undone_at = UTC_TIMESTAMP(3) WHERE saga_id = p_saga AND step = 'charge';
  END IF;
  COMMIT;
  SELECT v_state AS state;
END;
