import { describe, expect, it } from 'vitest';
import { installed, run } from '../../../../tests/support/programs.ts';
import { sharedCatalogue } from '../../../sources/catalogue/testing/shared.ts';
import { sampleReport } from '../testing/sample.ts';
import { COMMAND_WIDTH, commandPieces } from './command-pieces.ts';
import { renderPdf } from './render.ts';

const poppler = installed('pdftotext', ['-v']);
const need = poppler ? '' : ' (skipped: pdftotext of poppler-utils is not installed)';

const ID = '08ad6f98-a4f8-4635-bb8d-f1a3044760f0';
const HARD = [
  `POST https://graph.microsoft.com/v1.0/identity/conditionalAccess/policies {"displayName":"Require MFA for Claude AI","conditions":{"clientAppTypes":["all"],"applications":{"includeApplications":["${ID}","${ID}","${ID}"]}}}`,
  `Get-MgUserOauth2PermissionGrant -UserId person@alder.example.org | ForEach-Object { Remove-MgOauth2PermissionGrant -OAuth2PermissionGrantId '${ID}' }`,
  'GET https://graph.microsoft.com/v1.0/servicePrincipals?$select=id,appId,displayName,accountEnabled,appRoleAssignmentRequired,appOwnerOrganizationId,verifiedPublisher',
  `https://login.example.org/${'x'.repeat(300)}`,
];
/** What a technician copies and what a line break inside would change. */
const WHOLE = [
  ID,
  'Get-MgUserOauth2PermissionGrant',
  'Remove-MgOauth2PermissionGrant',
  '-OAuth2PermissionGrantId',
];

/** Commands that a shell runs line by line, unlike requests, addresses and lines of YAML. */
const SHELL = /^\s*(?:\$|bylaw |reg |dig |nslookup |[A-Z][a-z]+-Mg|Where-Object|ForEach-Object)/;

describe('commands in the technician’s appendix', () => {
  it('are the same when the pieces are joined', () => {
    const commands = sharedCatalogue().controls.flatMap(({ remediation }) =>
      remediation.steps.flatMap(({ command }) => command?.split('\n') ?? []),
    );
    expect(commands.length).toBeGreaterThan(50);
    for (const line of [...commands, ...HARD, '  a "b', '']) {
      const pieces = commandPieces(line);
      expect(pieces.join('')).toBe(line);
      for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(COMMAND_WIDTH);
    }
    for (const line of commands.filter((one) => SHELL.test(one)))
      expect(line.length, line).toBeLessThanOrEqual(COMMAND_WIDTH);
  });

  it.skipIf(!poppler)(`stay on the page, with ids and names in one piece${need}`, async () => {
    const report = sampleReport();
    const [found] = report.controls.filter(({ state }) => state === 'fail');
    const [step] = found?.remediation.steps ?? [];
    if (found === undefined || step === undefined)
      throw new Error('The sample has a failing control with a step.');
    const steps = [{ ...step, command: HARD.join('\n') }];
    const control = { ...found, remediation: { ...found.remediation, steps } };
    const controls = report.controls.map((one) => (one === found ? control : one));
    for (const [paper, width] of [
      ['a4', 595],
      ['us-letter', 612],
    ] as const) {
      const pdf = await renderPdf(
        { ...report, controls },
        { part: 'appendix', sha256: '0'.repeat(64), paper },
      );
      const boxes = run('pdftotext', ['-bbox', '-', '-'], pdf).matchAll(/xMax="([\d.]+)"/g);
      const right = [...boxes].map(([, edge]) => Number(edge));
      expect(Math.max(...right)).toBeLessThanOrEqual(width - 50);
      const text = run('pdftotext', ['-layout', '-', '-'], pdf);
      for (const whole of WHOLE) expect(text).toContain(whole);
      expect(text.match(new RegExp(ID, 'g'))).toHaveLength(4);
      expect(text).toContain('"displayName":"Require MFA for Claude AI"');
    }
  });
});
