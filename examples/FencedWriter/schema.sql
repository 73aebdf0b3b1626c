-- What FencedWriter writes to, and the fence in front of it. Every replica applies this file when it starts; where all of it is
-- there already, nothing changes. PostgreSQL 14 or later.
BEGIN;

-- Replicas start together, and CREATE ... IF NOT EXISTS fails where two do it at once: so one after the other.
SELECT pg_advisory_xact_lock(hashtext('FencedWriter: schema.sql'));

-- One row for each Lease: the largest fencing token that a write has brought so far.
CREATE TABLE IF NOT EXISTS fence (
    lease text PRIMARY KEY,
    token bigint NOT NULL
);

-- The table that is guarded. A row says under which token it was written.
CREATE TABLE IF NOT EXISTS journal (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    lease text NOT NULL,
    fencing_token bigint NOT NULL,
    writer text NOT NULL,
    entry text NOT NULL,
    written_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Lets a transaction go on if its token is no smaller than any that was seen, and remembers the token; else ends the transaction.
--
-- Look and raise are one statement, not a SELECT and an UPDATE, and that makes it free of races under READ COMMITTED:
--   * It takes the lock on the Lease's row before it compares (ON CONFLICT locks the row even where its WHERE then says no), and keeps
--     it until the transaction ends. So transactions of one Lease pass here one after the other.
--   * Who had to wait for the lock compares with the row as it is now, committed, not as it was when the statement began. So after a
--     commit with a larger token, nobody passes with a smaller one.
--   * Who passed with a smaller token holds the lock until its own commit. So the larger one commits after it, never before.
--   * Where there is no row yet, two who insert it at once meet at the primary key: the second waits for the first, and goes on as above.
-- A larger token whose transaction is rolled back was never seen: nothing of it was written either.
-- REPEATABLE READ and SERIALIZABLE are as safe; who had to wait may get error 40001 there instead, and tries again or gives up.
CREATE OR REPLACE FUNCTION pass_fence(of_lease text, with_token bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    seen bigint;
BEGIN
    INSERT INTO fence (lease, token) VALUES (of_lease, with_token)
    ON CONFLICT (lease) DO UPDATE SET token = excluded.token WHERE fence.token <= excluded.token;
    IF NOT FOUND THEN
        SELECT token INTO seen FROM fence WHERE lease = of_lease;
        RAISE EXCEPTION 'stale fencing token % for Lease %: % has been seen', with_token, of_lease, seen
            USING ERRCODE = 'LE001', HINT = 'A newer leader has written; the sender of this token leads no more.';
    END IF;
END $$;

-- A trigger, so that no program can forget the fence: there is no way to insert a row but through it.
CREATE OR REPLACE FUNCTION guard_journal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pass_fence(NEW.lease, NEW.fencing_token);
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER guard BEFORE INSERT ON journal FOR EACH ROW EXECUTE FUNCTION guard_journal();

COMMIT;
