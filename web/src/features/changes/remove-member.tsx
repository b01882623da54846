import { PlannedChange } from './planned-change.tsx';

/** Takes someone out of the Claude organization: the member, or the invitation that waits. */
export function RemoveMember({ slug, address }: { readonly slug: string; readonly address: string }) {
  return (
    <PlannedChange
      slug={slug}
      target="claude_member"
      subject={address}
      act="Plan to remove from Claude"
      asks={{ name: 'without_list', label: 'Why the projects are not listed first, where they are not' }}
    >
      <p>
        The member is removed from the Claude organization, or the invitation is withdrawn. Someone else
        approves it. Private projects cannot be opened after that, so settle the projects first. Where Bylaw
        may change members, it does so; elsewhere someone removes the person in Claude and says so here. A
        later list of members shows it.
      </p>
    </PlannedChange>
  );
}
// Guide: G6.6-03
