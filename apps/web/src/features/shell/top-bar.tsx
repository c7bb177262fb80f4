import type { Membership } from '@/api/membership';
import type { Theme } from '@/platform/theme';
import { AccountMenu } from './account-menu';
import { OrganizationSwitch } from './organization-switch';

/** On a phone the head of the rail lies across the top. */
export function TopBar({ session, theme }: { session: Membership; theme: Theme }) {
  return (
    <header className="flex items-center justify-between gap-3 border-b border-line bg-surface px-2 py-1.5 md:hidden">
      <OrganizationSwitch session={session} />
      <AccountMenu user={session.user} theme={theme} compact />
    </header>
  );
}
