/** attestations.yaml as written by `bylaw init`. Lines of an example are `#key:`; explanations are `# Words`. */
export const ATTESTATIONS_TEMPLATE = `# Bylaw attestations: what a person saw on a screen if no file can show it.
#
# Lines that begin with "# " are explanations. Lines that begin with "#" and a key are examples: delete the "#" and
# enter your own value. Add an entry each time someone looks; do not change old ones. An attestation expires when the
# control's window ends, or earlier if you say so, and the control then asks someone to look again.

# control: id of the control, as the report shows it. holds: yes if the person saw that what the control asks for is in
# place, no if they saw that it is not. seen: the date, YYYY-MM-DD. by: who looked. note, file (a screenshot next to
# this file) and expires (an end before the control's window is over) can be left out.
#attestations:
#  - control: CLA-ACC-12
#    holds: yes
#    seen: 2026-11-18
#    by: Dana Whitlock
#    note: Organization settings > Members, invite links shown as off.
#    file: proof/invite-links-2026-11-18.png
#    expires: 2027-02-18
`;
