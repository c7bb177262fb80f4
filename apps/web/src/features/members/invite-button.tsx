'use client';

import type { Role } from '@repo/contracts/session';
import { UserPlus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { inviteMember } from '@/api/accounts';
import { ActionForm, type FormFields } from '@/components/action-form';
import { Button } from '@/components/button';
import { Dialog, DialogActions } from '@/components/dialog';
import { SelectField, TextField } from '@/components/field';
import { showToast } from '@/components/toast-store';
import { useAction } from '@/platform/use-action';
import { givableRoles, roles } from './roles';

interface InviteButtonProps {
  organizationId: string;
  mayMakeOwner: boolean;
}

/** Opens the form that invites someone by mail. */
export function InviteButton(props: InviteButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        <UserPlus aria-hidden /> Invite
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title="Invite someone"
        description="They get a link by mail that works for a week."
      >
        <InviteForm {...props} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function InviteForm({ organizationId, mayMakeOwner, onDone }: InviteButtonProps & { onDone: () => void }) {
  const router = useRouter();
  const [role, setRole] = useState<Role>('member');
  const action = useAction(async (fields: FormFields) => {
    const email = fields('email').trim();
    await inviteMember({ email, role, organizationId });
    showToast(`An invitation is on its way to ${email}.`);
    router.refresh();
    onDone();
  });
  return (
    <ActionForm action={action}>
      <TextField label="E-mail address" name="email" type="email" required maxLength={254} autoComplete="off" inputMode="email" />
      <SelectField
        label="Role"
        value={role}
        hint={roles[role].meaning}
        onChange={(event) => setRole(givableRoles('owner').find((candidate) => candidate === event.target.value) ?? 'member')}
      >
        {givableRoles(mayMakeOwner ? 'owner' : 'admin').map((value) => (
          <option key={value} value={value}>
            {roles[value].label}
          </option>
        ))}
      </SelectField>
      <DialogActions>
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" busy={action.busy}>
          Invite
        </Button>
      </DialogActions>
    </ActionForm>
  );
}
