import { PlannedChange } from './planned-change.tsx';

/** Removes someone from the Claude organization: the member, or the pending invitation. */
export function RemoveMember({ slug, address }: { readonly slug: string; readonly address: string }) {
  return (
    <PlannedChange
      slug={slug}
      target="claude_member"
      subject={address}
      act="Plan to remove from Claude"
      asks={{ name: 'without_list', label: 'If the projects have not been listed first: why not' }}
    >
      <p>
        The member is removed from the Claude organization, or the invitation is withdrawn. Someone else has
        to approve it. Private projects cannot be opened after that, so settle the projects first. If Bylaw
        may change members, it does so; otherwise someone removes the person in Claude and confirms it here. A
        later members file will show it.
      </p>
    </PlannedChange>
  );
}
// Guide: G6.6-03
