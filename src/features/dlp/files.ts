/** Files generated from the rules: the package for Purview, and test files. */
export const DLP_FILES = ['purview_package', 'test_csv', 'test_xlsx', 'test_docx', 'test_txt'] as const;
export type DlpFile = (typeof DLP_FILES)[number];

export const DLP_FILE_NAMES: Readonly<Record<DlpFile, string>> = {
  purview_package: 'bylaw-sensitive-information-types.xml',
  test_csv: 'bylaw-test-members.csv',
  test_xlsx: 'bylaw-test-members.xlsx',
  test_docx: 'bylaw-test-letter.docx',
  test_txt: 'bylaw-test-letter.txt',
};
