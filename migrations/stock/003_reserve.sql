-- A step is one round trip: claim the ledger's row, then one conditional statement a line, in the order that the caller gives: sorted by item,
-- so that two sagas never wait for each other in a circle. All lines or none.
DROP PROCEDURE IF EXISTS reserve;
CREATE PROCEDURE reserve(IN p_saga VARCHAR(48), IN p_items MEDIUMTEXT, IN p_quantity BIGINT, IN p_value BIGINT)
SQL SECURITY INVOKER
BEGIN
  DECLARE v_line, v_lines INT DEFAULT 0;
  DECLARE v_item, v_refused VARCHAR(36);
  DECLARE v_quantity BIGINT;
  DECLARE v_state VARCHAR(10) DEFAULT 'done';
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END;
  START TRANSACTION;
  INSERT INTO saga_steps (saga_id, step, state, items, quantity, value, done_at)
    VALUES (p_saga, 'reserve', 'done', p_items, p_quantity, p_value, UTC_TIMESTAMP(3))
    ON DUPLICATE KEY UPDATE calls = calls + 1;
  -- 1: inserted. 2: it was there, and its row is locked now.
  IF ROW_COUNT() = 1 THEN
    SAVEPOINT before_lines;
    SET v_lines = JSON_LENGTH(p_items);
    WHILE v_line < v_lines AND v_refused IS NULL DO
      SET v_item = JSON_UNQUOTE(JSON_EXTRACT(p_items, CONCAT('$[', v_line, '][0]')));
      SET v_quantity = JSON_EXTRACT(p_items, CONCAT('$[', v_line, '][1]'));
      UPDATE items SET stock = stock - v_quantity, sold = sold + v_quantity WHERE id = v_item AND stock >= v_quantity;
      IF ROW_COUNT() = 0 THEN SET v_refused = v_item; END IF;
      SET v_line = v_line + 1;
    END WHILE;
    IF v_refused IS NOT NULL THEN
      ROLLBACK TO SAVEPOINT before_lines;
      SET v_state = 'refused';
      UPDATE saga_steps SET state = 'refused', refused_item = v_refused WHERE saga_id = p_saga AND step = 'reserve';
    END IF;
  ELSE
    SELECT state, refused_item INTO v_state, v_refused FROM saga_steps WHERE saga_id = p_saga AND step = 'reserve' FOR UPDATE;
  END IF;
  COMMIT;
  SELECT v_state AS state, v_refused AS refused_item;
END;

-- Gives back what the saga holds. Before its do, it leaves a row that keeps the do out.
DROP PROCEDURE IF EXISTS release_items;
CREATE PROCEDURE release_items(IN p_saga VARCHAR(48))
SQL SECURITY INVOKER
BEGIN
  DECLARE v_line, v_lines INT DEFAULT 0;
  DECLARE v_item, v_refused VARCHAR(36);
  DECLARE v_quantity BIGINT;
  DECLARE v_items MEDIUMTEXT;
  DECLARE v_state VARCHAR(10);
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END;
  START TRANSACTION;
  INSERT INTO saga_steps (saga_id, step, state, undone_at) VALUES (p_saga, 'reserve', 'undone', UTC_TIMESTAMP(3))
    ON DUPLICATE KEY UPDATE calls = calls + 1;
  SELECT state, refused_item, items INTO v_state, v_refused, v_items
    FROM saga_steps WHERE saga_id = p_saga AND step = 'reserve' FOR UPDATE;
  IF v_state = 'done' THEN
    SET v_lines = JSON_LENGTH(v_items);
    WHILE v_line < v_lines DO
      SET v_item = JSON_UNQUOTE(JSON_EXTRACT(v_items, CONCAT('$[', v_line, '][0]')));
      SET v_quantity = JSON_EXTRACT(v_items, CONCAT('$[', v_line, '][1]'));
      UPDATE items SET stock = stock + v_quantity, sold = sold - v_quantity WHERE id = v_item;
      SET v_line = v_line + 1;
    END WHILE;
    SET v_state = 'undone';
    UPDATE saga_steps SET state = 'undone', undone_at = UTC_TIMESTAMP(3) WHERE saga_id = p_saga AND step = 'reserve';
  END IF;
  COMMIT;
  SELECT v_state AS state, v_refused AS refused_item;
END;
