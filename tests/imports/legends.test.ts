import { describe, expect, it } from 'vitest';
import { csv, importOne } from './support.ts';
import { row, workbook } from './workbook-builder.ts';

/**
 * Rosters whose states are codes: the legend in the file decides what they mean, and without one nothing is assumed.
 */

const PEOPLE = ['Ana Ruiz', 'Luis Gil', 'Eva Sanz', 'Juan Paz'];
const mail = (name: string) => `${name.toLowerCase().replace(' ', '.')}@alder.example.org`;
const lines = (states: readonly string[], delimiter = ',') =>
  PEOPLE.map((name, at) => [name, mail(name), 'Eventos', states[at] ?? ''].join(delimiter));
const statuses = async (name: string, content: string | Buffer) => {
  const { readings } = await importOne(name, content);
  return readings.roster?.[0]?.rows.map(({ name: who, status }) => [who, status]);
};
const are = (...states: readonly (string | null)[]) => PEOPLE.map((name, at) => [name, states[at] ?? null]);

describe('codes of a status', () => {
  it.each<readonly [string, string, readonly string[], readonly (string | null)[]]>([
    [
      'in a line below',
      csv(
        'Nombre,Correo,Departamento,Estado',
        ...lines(['A', 'B', 'A', 'L']),
        ',,,',
        '"A = Alta, B = Baja, L = Licencia",,,',
      ),
      [],
      ['active', 'left', 'active', 'on_leave'],
    ],
    [
      'in a line above',
      csv(
        'Legende: A = Aktiv; X = Ausgeschieden,,,',
        'Name,E-Mail,Abteilung,Status',
        ...lines(['A', 'X', 'A', 'A']),
      ),
      [],
      ['active', 'left', 'active', 'active'],
    ],
    [
      'one in each line',
      csv(
        'Name,Email,Department,Status',
        ...lines(['A', 'R', 'A', 'L']),
        'A = Active,,,',
        'R = Regular,,,',
        'L = Left,,,',
      ),
      [],
      ['active', 'active', 'active', 'left'],
    ],
    [
      'in two columns of their own lines',
      csv(
        'Name,Email,Department,Status',
        ...lines(['A', 'T', 'A', 'A']),
        ',,,',
        'Key,,,',
        'A,Active,,',
        'T,Temporary leave of absence,,',
      ),
      [],
      ['active', 'on_leave', 'active', 'active'],
    ],
  ])('mean what the legend says %s', async (_, content, __, expected) => {
    expect(await statuses('staff.csv', content)).toEqual(are(...expected));
  });

  it('mean what a sheet beside the list says', async () => {
    const sheet = (...rows: readonly (readonly string[])[]) =>
      `<sheetData>${rows.map((cells, at) => row(at + 1, cells)).join('')}</sheetData>`;
    const book = workbook(
      {
        name: 'Plantilla',
        xml: sheet(
          ['Nombre', 'Correo', 'Departamento', 'Estado'],
          ...lines(['A', 'B', 'A', 'A'], '|').map((line) => line.split('|')),
        ),
      },
      { name: 'Leyenda', xml: sheet(['Código', 'Significado'], ['A', 'Activo'], ['B', 'Baja']) },
    );
    expect(await statuses('staff.xlsx', book)).toEqual(are('active', 'left', 'active', 'active'));
  });

  it('mean nothing that nobody says, below headings in another language or beside a legend without them', async () => {
    const unsaid = csv('Nombre,Correo,Departamento,Estado', ...lines(['A', 'B', 'A', 'A']));
    expect(await statuses('staff.csv', unsaid)).toEqual(are(null, null, null, null));
    const half = csv(
      'Name,Email,Department,Status',
      ...lines(['A', 'R', 'A', 'A']),
      '"A = Active, T = Terminated",,,',
    );
    expect(await statuses('staff.csv', half)).toEqual(are('active', null, 'active', 'active'));
  });

  it('are those of payroll systems below English headings', async () => {
    const plain = csv('Name,Email,Department,Status', ...lines(['A', 'T', 'L', 'R']));
    expect(await statuses('staff.csv', plain)).toEqual(are('active', 'left', 'on_leave', 'left'));
  });
});
