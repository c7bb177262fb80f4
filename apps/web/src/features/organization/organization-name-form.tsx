'use client';

import { useRouter } from 'next/navigation';
import { updateOrganization } from '@/api/accounts';
import { ActionForm, type FormFields } from '@/components/action-form';
import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import { showToast } from '@/components/toast-store';
import { useAction } from '@/platform/use-action';

/** Renames the organization; for admins. */
export function OrganizationNameForm({ organizationId, name }: { organizationId: string; name: string }) {
  const router = useRouter();
  const action = useAction(async (fields: FormFields) => {
    await updateOrganization({ organizationId, data: { name: fields('name').trim() } });
    showToast('The name is saved.');
    router.refresh();
  });
  return (
    <ActionForm action={action} className="flex max-w-sm flex-col items-start gap-4">
      <TextField label="Name" name="name" required maxLength={80} defaultValue={name} className="w-full" />
      <Button type="submit" busy={action.busy}>
        Save
      </Button>
    </ActionForm>
  );
}
