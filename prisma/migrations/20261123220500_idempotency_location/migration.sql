-- A kept answer is found by what it made: it goes when that is deleted.
CREATE INDEX "idempotency_keys_location" ON "idempotency_keys" (("headers" ->> 'Location')) WHERE "headers" IS NOT NULL;
