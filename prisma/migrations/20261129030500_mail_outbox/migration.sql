-- CreateTable
CREATE TABLE "outgoing_mail" (
    "id" UUID NOT NULL,
    "sealed" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "dispatched_at" TIMESTAMPTZ(3),

    CONSTRAINT "outgoing_mail_pkey" PRIMARY KEY ("id")
);

-- The dispatcher reads the waiting rows twice a second.
CREATE INDEX "outgoing_mail_waiting_idx" ON "outgoing_mail"("created_at") WHERE "dispatched_at" IS NULL;
