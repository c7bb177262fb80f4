import type { ReactNode } from 'react';
import { hasRole } from '@/api/membership';
import { currentMembership } from '@/api/server';
import { SettingsLinks } from '@/features/settings/settings-links';

/** The settings: their places in a row, then the place that was chosen. */
export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const { organization } = await currentMembership();
  return (
    <>
      <h1 className="pb-4 text-xl">Settings</h1>
      <SettingsLinks admin={hasRole(organization.role, 'admin')} owner={organization.role === 'owner'} />
      {children}
    </>
  );
}
