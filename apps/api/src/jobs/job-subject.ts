import { documentCleanup } from '@repo/queue/definitions/document-cleanup';
import { documentIngestion } from '@repo/queue/definitions/document-ingestion';
import { email } from '@repo/queue/definitions/email';

/** What a job was about, for the reader. `label` is null where the name has to be looked up, or is gone. */
export interface JobSubject {
  kind: 'document' | 'email';
  id: string;
  label: string | null;
}

/** What a job was about; null for a queue without a subject, or a payload that its queue does not know any more. */
export function subjectOf({ id, queue, payload }: { id: string; queue: string; payload: unknown }): JobSubject | null {
  const document = [documentIngestion, documentCleanup].find((definition) => definition.name === queue)?.payload.safeParse(payload);
  if (document?.success) return { kind: 'document', id: document.data.documentId, label: null };
  const mail = queue === email.name ? email.payload.safeParse(payload) : null;
  return mail?.success ? { kind: 'email', id, label: mail.data.to } : null;
}
