import type { Metadata } from 'next';
import { callApi } from '@/api/server';
import { ApiReferenceLink } from '@/components/api-reference-link';
import { EmptyState } from '@/components/empty-state';
import { ApiKeyTable } from '@/features/api-keys/api-key-table';
import { CreateKeyButton } from '@/features/api-keys/create-key-button';

export const metadata: Metadata = { title: 'API keys' };

export default async function ApiKeysPage() {
  const { items } = await callApi('GET /api/v1/api-keys');
  if (items.length === 0) {
    return (
      <EmptyState title="No keys yet" action={<CreateKeyButton />}>
        A key lets a program read, write and search the documents of this organization. The <ApiReferenceLink className="link" /> says how.
      </EmptyState>
    );
  }
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-4 pb-5">
        <p className="prose-width text-secondary">
          Programs use these to act for the organization. See the <ApiReferenceLink className="link" />.
        </p>
        <CreateKeyButton />
      </div>
      <ApiKeyTable keys={items} />
    </>
  );
}
