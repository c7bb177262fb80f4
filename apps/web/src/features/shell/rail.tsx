import type { Membership } from '@/api/membership';
import type { Theme } from '@/platform/theme';
import { AccountMenu } from './account-menu';
import { OrganizationSwitch } from './organization-switch';
import { RailLinks } from './rail-links';

/** The left rail of a desktop: which organization, where to go, who you are. */
export function Rail({ session, theme }: { session: Membership; theme: Theme }) {
  return (
    <div className="sticky top-0 hidden h-dvh flex-col gap-6 border-r border-line bg-surface px-3 py-4 md:flex">
      <OrganizationSwitch session={session} />
      <nav aria-label="Main" className="flex-1">
        <RailLinks />
      </nav>
      <AccountMenu user={session.user} theme={theme} />
    </div>
  );
}
