PRAGMA application_id = 1131375981;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE "attributes" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "person_id" TEXT NOT NULL REFERENCES "people"("id"),
   "document_id" TEXT REFERENCES "documents"("id"),
   "name" TEXT NOT NULL,
   "value" TEXT NOT NULL
) STRICT;
CREATE TABLE "codes" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "parent_id" TEXT REFERENCES "codes"("id"),
   "position" INTEGER NOT NULL,
   "name" TEXT NOT NULL,
   "definition" TEXT NOT NULL,
   "include" TEXT NOT NULL,
   "exclude" TEXT NOT NULL,
   "anchor" TEXT NOT NULL,
   "near_miss" TEXT NOT NULL,
   "keywords" TEXT NOT NULL,
   "color" TEXT NOT NULL
) STRICT;
INSERT INTO "codes" VALUES('6f90aeb4-abcf-55d8-9557-91be79bf66e1',NULL,0,'Housing','About housing.','','','','','["housing"]','');
INSERT INTO "codes" VALUES('f2a1ad58-bf69-5d67-9050-4e839928bfeb','6f90aeb4-abcf-55d8-9557-91be79bf66e1',0,'Damp','','','','','','["damp"]','');
INSERT INTO "codes" VALUES('6c322d63-8068-5374-b7dc-327ed562de8a','6f90aeb4-abcf-55d8-9557-91be79bf66e1',1,'Rent','','','','','','["rent"]','');
INSERT INTO "codes" VALUES('4e4ab290-2ce8-51b8-8114-9e09d729a7ff',NULL,1,'Transport','About transport.','','','','','["transport"]','');
INSERT INTO "codes" VALUES('fdb2b425-8408-5a86-8def-3d87dacee5eb',NULL,2,'Control','About control.','','','','','["control"]','');
CREATE TABLE "codings" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "document_id" TEXT NOT NULL REFERENCES "documents"("id"),
   "start" INTEGER NOT NULL,
   "end" INTEGER NOT NULL,
   "code_id" TEXT NOT NULL REFERENCES "codes"("id"),
   "coder" TEXT NOT NULL,
   "origin" TEXT NOT NULL,
   "exact" TEXT NOT NULL,
   "prefix" TEXT NOT NULL,
   "suffix" TEXT NOT NULL,
   "score" REAL,
   "reasons" TEXT,
   "suggestion_id" TEXT,
   "coded_at" TEXT NOT NULL
) STRICT;
INSERT INTO "codings" VALUES('80e1d601-584f-4ac4-bb12-ceb8ab684652','cae66551-8c48-46ee-a19d-bba6a30e15a4',25,29,'f2a1ad58-bf69-5d67-9050-4e839928bfeb','Ann','manual','Damp','Q: How is the flat?

P1: ','. The rent went up, and no bus.
',NULL,NULL,NULL,'2026-11-21T23:44:14.170Z');
CREATE TABLE "cues" (
   "document_id" TEXT NOT NULL REFERENCES "documents"("id"),
   "offset" INTEGER NOT NULL,
   "seconds" REAL NOT NULL,
   PRIMARY KEY ("document_id", "offset")
) STRICT;
CREATE TABLE "decisions" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "suggestion_id" TEXT NOT NULL,
   "document_id" TEXT NOT NULL REFERENCES "documents"("id"),
   "start" INTEGER NOT NULL,
   "end" INTEGER NOT NULL,
   "code_id" TEXT NOT NULL REFERENCES "codes"("id"),
   "score" REAL NOT NULL,
   "reasons" TEXT NOT NULL,
   "verdict" TEXT NOT NULL,
   "reason" TEXT NOT NULL,
   "coding_id" TEXT REFERENCES "codings"("id"),
   "coder" TEXT NOT NULL,
   "decided_at" TEXT NOT NULL
) STRICT;
CREATE TABLE "documents" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "name" TEXT NOT NULL,
   "format" TEXT NOT NULL,
   "sha256" TEXT NOT NULL,
   "reader" TEXT NOT NULL,
   "length" INTEGER NOT NULL,
   "imported_at" TEXT NOT NULL
) STRICT;
INSERT INTO "documents" VALUES('cae66551-8c48-46ee-a19d-bba6a30e15a4','P01.txt','txt','ce31328c6dd4f82974f4f1aed5149b0c8f12d5c9c7971e4a52689f5d2b5923ee','test/1',62,'2026-11-21T23:44:14.165Z');
CREATE TABLE "done" (
   "document_id" TEXT NOT NULL REFERENCES "documents"("id"),
   "coder" TEXT NOT NULL,
   "done_at" TEXT NOT NULL,
   PRIMARY KEY ("document_id", "coder")
) STRICT;
CREATE TABLE "journal" (
   "seq" INTEGER PRIMARY KEY NOT NULL,
   "group_id" TEXT NOT NULL,
   "kind" TEXT NOT NULL,
   "target" TEXT,
   "coder" TEXT NOT NULL,
   "at" TEXT NOT NULL,
   "action" TEXT NOT NULL,
   "changes" TEXT NOT NULL
) STRICT;
INSERT INTO "journal" VALUES(1,'00ad8290-8a8f-4849-8dc7-1c2eb7f10156','do',NULL,'Ann','2026-11-21T23:44:14.158Z','loaded the codebook small','[{"table":"project","insert":["codebook_name"]},{"table":"project","insert":["codebook_version"]},{"table":"codes","insert":["6f90aeb4-abcf-55d8-9557-91be79bf66e1"]},{"table":"codes","insert":["f2a1ad58-bf69-5d67-9050-4e839928bfeb"]},{"table":"codes","insert":["6c322d63-8068-5374-b7dc-327ed562de8a"]},{"table":"codes","insert":["4e4ab290-2ce8-51b8-8114-9e09d729a7ff"]},{"table":"codes","insert":["fdb2b425-8408-5a86-8def-3d87dacee5eb"]}]');
INSERT INTO "journal" VALUES(2,'3190246e-60f4-4936-a90d-c61c6e552b23','do',NULL,'Ann','2026-11-21T23:44:14.166Z','imported P01.txt','[{"table":"documents","insert":["cae66551-8c48-46ee-a19d-bba6a30e15a4"]},{"table":"texts","insert":["cae66551-8c48-46ee-a19d-bba6a30e15a4"]},{"table":"people","insert":["520c6049-6aff-4b98-ba6d-1330c0c259b9"]},{"table":"speakers","insert":["a3e10a88-5199-4743-b020-b86e640b4a89","3263fe00-8b48-45c2-ae4c-0a3b3803ddbb"]},{"table":"turns","insert":[1,2]}]');
INSERT INTO "journal" VALUES(3,'0f5ce812-d644-49f5-8641-48169ef789c3','do',NULL,'Ann','2026-11-21T23:44:14.170Z','coded ''Damp'' in P01.txt, 25 to 29','[{"table":"codings","insert":["80e1d601-584f-4ac4-bb12-ceb8ab684652"]}]');
CREATE TABLE "memos" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "document_id" TEXT REFERENCES "documents"("id"),
   "start" INTEGER,
   "end" INTEGER,
   "coding_id" TEXT REFERENCES "codings"("id"),
   "code_id" TEXT REFERENCES "codes"("id"),
   "coder" TEXT NOT NULL,
   "text" TEXT NOT NULL,
   "written_at" TEXT NOT NULL
) STRICT;
CREATE TABLE "people" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "name" TEXT NOT NULL
) STRICT;
INSERT INTO "people" VALUES('520c6049-6aff-4b98-ba6d-1330c0c259b9','P1');
CREATE TABLE "project" (
   "key" TEXT PRIMARY KEY NOT NULL,
   "value" TEXT NOT NULL
) STRICT;
INSERT INTO "project" VALUES('uuid','3a20feea-f3de-4788-b9dc-cfa220fea740');
INSERT INTO "project" VALUES('name','p');
INSERT INTO "project" VALUES('created_at','2026-11-21T23:44:14.134Z');
INSERT INTO "project" VALUES('made_by','commonplace 0.1.0');
INSERT INTO "project" VALUES('codebook_name','small');
INSERT INTO "project" VALUES('codebook_version','1');
INSERT INTO "project" VALUES('next_turn','3');
CREATE TABLE "speakers" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "document_id" TEXT NOT NULL REFERENCES "documents"("id"),
   "label" TEXT NOT NULL,
   "interviewer" INTEGER NOT NULL,
   "person_id" TEXT REFERENCES "people"("id"),
   "turns" INTEGER NOT NULL,
   "words" INTEGER NOT NULL
) STRICT;
INSERT INTO "speakers" VALUES('a3e10a88-5199-4743-b020-b86e640b4a89','cae66551-8c48-46ee-a19d-bba6a30e15a4','Q',1,NULL,1,4);
INSERT INTO "speakers" VALUES('3263fe00-8b48-45c2-ae4c-0a3b3803ddbb','cae66551-8c48-46ee-a19d-bba6a30e15a4','P1',0,'520c6049-6aff-4b98-ba6d-1330c0c259b9',1,8);
CREATE TABLE "suggestions" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "document_id" TEXT NOT NULL REFERENCES "documents"("id") ON DELETE CASCADE,
   "start" INTEGER NOT NULL,
   "end" INTEGER NOT NULL,
   "code_id" TEXT NOT NULL REFERENCES "codes"("id") ON DELETE CASCADE,
   "score" REAL NOT NULL,
   "reasons" TEXT NOT NULL
) STRICT;
CREATE TABLE "texts" (
   "document_id" TEXT PRIMARY KEY NOT NULL REFERENCES "documents"("id"),
   "text" TEXT NOT NULL
) STRICT;
INSERT INTO "texts" VALUES('cae66551-8c48-46ee-a19d-bba6a30e15a4','Q: How is the flat?

P1: Damp. The rent went up, and no bus.

');
CREATE TABLE "turns" (
   "id" INTEGER PRIMARY KEY NOT NULL,
   "document_id" TEXT NOT NULL REFERENCES "documents"("id"),
   "start" INTEGER NOT NULL,
   "speech_start" INTEGER NOT NULL,
   "end" INTEGER NOT NULL,
   "label_start" INTEGER,
   "label_end" INTEGER,
   "stamp_start" INTEGER,
   "stamp_end" INTEGER,
   "time" REAL,
   "speaker_id" TEXT NOT NULL REFERENCES "speakers"("id"),
   "words" INTEGER NOT NULL,
   "by_hand" INTEGER NOT NULL
) STRICT;
INSERT INTO "turns" VALUES(1,'cae66551-8c48-46ee-a19d-bba6a30e15a4',0,3,19,0,1,NULL,NULL,NULL,'a3e10a88-5199-4743-b020-b86e640b4a89',4,0);
INSERT INTO "turns" VALUES(2,'cae66551-8c48-46ee-a19d-bba6a30e15a4',21,25,60,21,23,NULL,NULL,NULL,'3263fe00-8b48-45c2-ae4c-0a3b3803ddbb',8,0);
CREATE UNIQUE INDEX "idx_documents_name"
    ON "documents" ("name");
CREATE INDEX "idx_attributes_person_id"
    ON "attributes" ("person_id");
CREATE INDEX "idx_attributes_document_id"
    ON "attributes" ("document_id");
CREATE UNIQUE INDEX "idx_speakers_document_id_label"
    ON "speakers" ("document_id", "label");
CREATE INDEX "idx_speakers_person_id"
    ON "speakers" ("person_id");
CREATE INDEX "idx_turns_document_id_start"
    ON "turns" ("document_id", "start");
CREATE INDEX "idx_turns_speaker_id_speech_start_end"
    ON "turns" ("speaker_id", "speech_start", "end");
CREATE INDEX "idx_codes_parent_id"
    ON "codes" ("parent_id");
CREATE UNIQUE INDEX "idx_codings_document_id_start_end_code_id_coder"
    ON "codings" ("document_id", "start", "end", "code_id", "coder");
CREATE INDEX "idx_codings_code_id_document_id_start_end"
    ON "codings" ("code_id", "document_id", "start", "end");
CREATE INDEX "idx_memos_document_id"
    ON "memos" ("document_id");
CREATE INDEX "idx_memos_coding_id"
    ON "memos" ("coding_id");
CREATE INDEX "idx_memos_code_id"
    ON "memos" ("code_id");
CREATE UNIQUE INDEX "idx_decisions_suggestion_id_coder"
    ON "decisions" ("suggestion_id", "coder");
CREATE INDEX "idx_decisions_document_id"
    ON "decisions" ("document_id");
CREATE INDEX "idx_decisions_code_id"
    ON "decisions" ("code_id");
CREATE INDEX "idx_decisions_coding_id"
    ON "decisions" ("coding_id");
CREATE INDEX "idx_suggestions_document_id_start"
    ON "suggestions" ("document_id", "start");
CREATE INDEX "idx_suggestions_code_id"
    ON "suggestions" ("code_id");
CREATE INDEX "idx_journal_group_id"
    ON "journal" ("group_id");
CREATE INDEX "idx_journal_target"
    ON "journal" ("target");
CREATE INDEX "idx_journal_coder_seq"
    ON "journal" ("coder", "seq");
COMMIT;
