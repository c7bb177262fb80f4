import type { Role } from '@repo/contracts/session';
import type { Member } from '@/api/account-queries';
import { RelativeTime } from '@/components/relative-time';
import { ActionCell, Cell, Row, Table, TitleCell } from '@/components/table';
import { MemberMenu } from './member-menu';
import { memberColumns } from './member-columns';
import { roles } from './roles';

interface MemberTableProps {
  members: Member[];
  organizationId: string;
  /** The role of the reader, who is `userId`. */
  role: Role;
  userId: string;
}

/** Everyone in the organization. Admins change roles and remove people, but not owners. */
export function MemberTable({ members, organizationId, role, userId }: MemberTableProps) {
  const mayManage = (member: Member) => member.userId !== userId && (role === 'owner' || (role === 'admin' && member.role !== 'owner'));
  return (
    <Table caption="Members" columns={memberColumns('Name', 'Joined')}>
      {members.map((member) => (
        <Row key={member.id}>
          <TitleCell>
            <span className="flex min-w-0 flex-col">
              <span className="truncate font-strong">
                {member.user.name}
                {member.userId === userId ? <span className="font-normal text-secondary"> (you)</span> : null}
              </span>
              <span className="truncate text-xs text-secondary max-md:hidden">{member.user.email}</span>
            </span>
          </TitleCell>
          <Cell className="min-w-0 flex-1 truncate md:hidden">{member.user.email}</Cell>
          <Cell>{roles[member.role].label}</Cell>
          <Cell className="max-md:hidden">
            <RelativeTime at={member.createdAt} />
          </Cell>
          <ActionCell>
            {mayManage(member) ? (
              <MemberMenu member={{ id: member.id, name: member.user.name, role: member.role }} organizationId={organizationId} by={role} />
            ) : null}
          </ActionCell>
        </Row>
      ))}
    </Table>
  );
}
