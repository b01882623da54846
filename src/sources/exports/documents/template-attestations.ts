/** attestations.yaml as `bylaw init` writes it. Lines of one example are `#key:`; explanations are `# Words`. */
export const ATTESTATIONS_TEMPLATE = `# Bylaw attestations: what a person saw on a screen, where no file can tell.
#
# Lines that begin with "# " explain. Lines that begin with "#" and a key are examples: delete the "#" and put
# your own value. Add an entry each time someone looks; do not change old ones. An attestation runs out, at the
# latest when the control's window ends, and the control then asks for a new look.

# control: id of the control, as the report shows it. holds: yes when what the control asks for was seen to hold, no
# when it was seen not to hold. seen: the day, YYYY-MM-DD. by: who looked. note, file (a screenshot beside this file)
# and expires (an earlier end than the control's window) can be left out.
#attestations:
#  - control: CLA-ACC-12
#    holds: yes
#    seen: 2026-11-18
#    by: Dana Whitlock
#    note: Organization settings > Members, invite links shown as off.
#    file: proof/invite-links-2026-11-18.png
#    expires: 2027-02-18
`;
