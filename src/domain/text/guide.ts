/** Section of a guide row id: "G2.2-12" is in section 2.2, "GA-03" in appendix A. */
export function guideSection(row: string): string {
  const section = /^G([0-9AB][0-9.]*)-/.exec(row)?.[1] ?? row;
  return section === 'A' || section === 'B' ? `Appendix ${section}` : section;
}
