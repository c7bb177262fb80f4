import type { Invitation } from '@/api/account-queries';
import { Badge } from '@/components/badge';
import { RelativeTime } from '@/components/relative-time';
import { ActionCell, Cell, Row, Table, TitleCell } from '@/components/table';
import { isPast } from '@/platform/format-time';
import { InvitationMenu } from './invitation-menu';
import { memberColumns } from './member-columns';
import { roles } from './roles';

/** Who was invited and has not answered. */
export function InvitationTable({ invitations, organizationId }: { invitations: Invitation[]; organizationId: string }) {
  return (
    <section aria-labelledby="invitations" className="pt-12">
      <h2 id="invitations" className="pb-4 text-lg">
        Invited
      </h2>
      <Table caption="Open invitations" columns={memberColumns('Address', 'Expires')}>
        {invitations.map((invitation) => (
          <Row key={invitation.id}>
            <TitleCell>
              <span className="block truncate">{invitation.email}</span>
            </TitleCell>
            <Cell>{roles[invitation.role].label}</Cell>
            <Cell>
              {isPast(invitation.expiresAt) ? (
                <Badge tone="warning">Expired</Badge>
              ) : (
                <>
                  <span className="md:hidden">Expires </span>
                  <RelativeTime at={invitation.expiresAt} />
                </>
              )}
            </Cell>
            <ActionCell>
              <InvitationMenu invitation={invitation} organizationId={organizationId} />
            </ActionCell>
          </Row>
        ))}
      </Table>
    </section>
  );
}
