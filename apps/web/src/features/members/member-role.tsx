'use client';

import type { Role } from '@repo/contracts/session';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { updateMemberRole } from '@/api/accounts';
import { readFailure } from '@/api/read-failure';
import { Select } from '@/components/field';
import { showToast } from '@/components/toast-store';
import { givableRoles, roles } from './roles';

interface MemberRoleProps {
  memberId: string;
  name: string;
  role: Role;
  organizationId: string;
  byOwner: boolean;
}

/** Changes a role at once; goes back to the old one when that fails. */
export function MemberRole({ memberId, name, role, organizationId, byOwner }: MemberRoleProps) {
  const router = useRouter();
  const [pending, setPending] = useState<Role>();
  const change = async (next: Role) => {
    setPending(next);
    try {
      await updateMemberRole({ memberId, role: next, organizationId });
      showToast(`${name} is now ${roles[next].label.toLowerCase()}.`);
      router.refresh();
    } catch (thrown) {
      showToast(readFailure(thrown).detail, { tone: 'danger' });
    } finally {
      setPending(undefined);
    }
  };
  return (
    <Select
      aria-label={`Role of ${name}`}
      value={pending ?? role}
      disabled={pending !== undefined}
      className="h-8! w-auto! border-line! py-0 text-sm!"
      onChange={(event) => {
        const next = givableRoles('owner').find((candidate) => candidate === event.target.value);
        if (next !== undefined) void change(next);
      }}
    >
      {givableRoles(byOwner ? 'owner' : 'admin').map((value) => (
        <option key={value} value={value}>
          {roles[value].label}
        </option>
      ))}
    </Select>
  );
}
