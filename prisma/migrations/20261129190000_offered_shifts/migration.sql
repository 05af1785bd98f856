-- The shifts as they were offered, so that a change of hours can't move other times. Null in swaps from before.
ALTER TABLE "shift_swaps" ADD COLUMN "offered" JSONB, ADD COLUMN "in_return" JSONB;

ALTER TABLE "shift_swaps" ADD CONSTRAINT "shift_swaps_shifts" CHECK (
  ("offered" IS NULL OR COALESCE(jsonb_typeof("offered" -> 'intervals'), '') = 'array')
  AND ("in_return" IS NULL OR COALESCE(jsonb_typeof("in_return" -> 'intervals'), '') = 'array'));
