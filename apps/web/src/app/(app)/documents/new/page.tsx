import { maxWrittenCharacters } from '@repo/contracts/documents';
import type { Metadata } from 'next';
import { currentMembership } from '@/api/server';
import { WriteScreen } from '@/features/documents/writing/write-screen';

export const metadata: Metadata = { title: 'New document' };

export default async function NewDocumentPage() {
  const { organization } = await currentMembership();
  return (
    <>
      <h1 className="sr-only">New document</h1>
      <WriteScreen organizationId={organization.id} maxCharacters={maxWrittenCharacters} />
    </>
  );
}
