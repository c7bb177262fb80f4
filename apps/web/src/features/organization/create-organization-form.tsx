'use client';

import Link from 'next/link';
import { createOrganization } from '@/api/accounts';
import { ActionForm, type FormFields } from '@/components/action-form';
import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import { useAction } from '@/platform/use-action';
import { slugFrom } from './slug-from';

/** Names a new organization and starts working in it. */
export function CreateOrganizationForm({ cancelPath }: { cancelPath: string | null }) {
  const action = useAction(async (fields: FormFields) => {
    const name = fields('name').trim();
    await createOrganization({ name, slug: slugFrom(name, randomSuffix()) });
    window.location.assign('/documents');
  });
  return (
    <ActionForm action={action}>
      <TextField
        label="Name of the organization"
        name="name"
        required
        maxLength={80}
        autoComplete="organization"
        placeholder="Fjordlight Studio"
      />
      <div className="flex items-center gap-4">
        <Button type="submit" variant="primary" busy={action.busy} className="h-10">
          Create organization
        </Button>
        {cancelPath === null ? null : (
          <Link className="link" href={cancelPath}>
            Cancel
          </Link>
        )}
      </div>
    </ActionForm>
  );
}

/** Four characters that tell organizations of one name apart. */
function randomSuffix(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(4)), (byte) => (byte % 36).toString(36)).join('');
}
