-- AlterTable
ALTER TABLE "document_content" ADD COLUMN     "source_text" TEXT;
