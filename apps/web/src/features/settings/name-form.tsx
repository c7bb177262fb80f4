'use client';

import { useRouter } from 'next/navigation';
import { updateUser } from '@/api/accounts';
import { ActionForm, type FormFields } from '@/components/action-form';
import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import { showToast } from '@/components/toast-store';
import { useAction } from '@/platform/use-action';

/** Changes the reader's own name. */
export function NameForm({ name }: { name: string }) {
  const router = useRouter();
  const action = useAction(async (fields: FormFields) => {
    await updateUser({ name: fields('name').trim() });
    showToast('Your name is saved.');
    router.refresh();
  });
  return (
    <ActionForm action={action} className="flex max-w-sm flex-col items-start gap-4">
      <TextField label="Your name" name="name" required maxLength={100} autoComplete="name" defaultValue={name} className="w-full" />
      <Button type="submit" busy={action.busy}>
        Save
      </Button>
    </ActionForm>
  );
}
