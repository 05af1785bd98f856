-- Makes of a key from before what foldText() makes of the text from now on: compatibility forms (NFKC), quotation marks, hyphens,
-- spaces, Arabic letters and digits, and nothing that is not seen. A key is in lower case and without accents already, so this
-- needs no lower(), which knows no more letters than the locale of the database. A test holds both together.
CREATE FUNCTION "refold_key"("key" TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT normalize(replace(replace(
    translate(
      regexp_replace(
        regexp_replace(
          normalize(translate(key, U&'\00b4`', ''''''), NFKD),
          '[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u00ad\u061c\u0640\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]', '', 'g'),
        '[\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+', ' ', 'g'),
      U&'\03a5ABDE\018eGHIJKLMNO\0222PRTUWC\0190FQSZX\0393\03a0V\03a9Y\0391\0392\0394\0395\0396\0397\0398\0399\039a\039b\039c\039d\039e\039f\03a1\03a3\03a4\03a6\03a7\03a8\03dc\0126\0127\014b\00f0\00f8\0131\03c2\00c6`\00b4\2018\2019\201a\201b\2032\02b9\02bb\02bc\02bd\02be\02bf\02ca\02cb\055a\05f3\ff07\201c\201d\201e\201f\2033\00ab\00bb\2039\203a\301d\301e\05f4\ff02\2010\2011\2012\2013\2014\2015\2212\2043\05be\fe58\fe63\ff0d\0671\0672\0673\0675\0629\06be\06c1\06d5\06c3\0649\06cc\06d0\06d2\06cd\06a9\06aa\0660\06f0\0661\06f1\0662\06f2\0663\06f3\0664\06f4\0665\06f5\0666\06f6\0667\06f7\0668\06f8\0669\06f9',
      U&'\03c5abde\01ddghijklmno\0223prtuwc\025bfqszx\03b3\03c0v\03c9y\03b1\03b2\03b4\03b5\03b6\03b7\03b8\03b9\03ba\03bb\03bc\03bd\03be\03bf\03c1\03c3\03c4\03c6\03c7\03c8\03ddhhndoi\03c3\00e6''''''''''''''''''''''''''''''''''''"""""""""""""------------\0627\0627\0627\0627\0647\0647\0647\0647\0647\064a\064a\064a\064a\064a\0643\064300112233445566778899'),
    U&'\00e6', 'ae'), U&'\0153', 'oe'), NFC)
$$;

UPDATE "agents" SET "name_key" = refold_key("name_key") WHERE "name_key" <> refold_key("name_key");
UPDATE "user_emails" SET "search_key" = refold_key("search_key") WHERE "search_key" <> refold_key("search_key");

-- Two names that were told apart may be the same now. The second keeps its key until it is renamed.
DO $$
DECLARE
  one RECORD;
BEGIN
  FOR one IN SELECT "id", refold_key("name_key") AS key FROM "skills" WHERE "name_key" <> refold_key("name_key") LOOP
    BEGIN
      UPDATE "skills" SET "name_key" = one.key WHERE "id" = one.id;
    EXCEPTION WHEN unique_violation THEN NULL;
    END;
  END LOOP;
  FOR one IN SELECT "id", refold_key("name_key") AS key FROM "saved_views" WHERE "name_key" <> refold_key("name_key") LOOP
    BEGIN
      UPDATE "saved_views" SET "name_key" = one.key WHERE "id" = one.id;
    EXCEPTION WHEN unique_violation THEN NULL;
    END;
  END LOOP;
END $$;
