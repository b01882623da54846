import { describe, expect, it } from 'vitest';
import { csv, importOne } from './support.ts';

const canada = { options: { timezone: 'America/Toronto' } };

describe('a table whose headings are in two languages', () => {
  it('is read by either half of each heading, and its days come first', async () => {
    const { readings, report } = await importOne(
      'personnel.csv',
      csv(
        "Nom / Last name;Prénom / First name;Courriel / Email;Titre / Title;Date d'embauche / Hire date;Date de fin / End date;Statut / Status",
        'Côté;Zoé;zoe.cote@alder.example.org;Directrice;15/01/2021;;Actif / Active',
        'Roy;Luc;luc.roy@alder.example.org;Conseiller;03/02/2020;12/11/2026;Inactif / Inactive',
      ),
      canada,
    );
    expect(report.unmapped).toEqual([]);
    const rows = readings.roster?.[0]?.rows;
    expect(rows).toMatchObject([
      { name: 'Zoé Côté', startsOn: '2021-01-15', endsOn: null, status: 'active' },
      { name: 'Luc Roy', startsOn: '2020-02-03', endsOn: '2026-11-12' },
    ]);
  });

  it('may have English first', async () => {
    const { readings, report } = await importOne(
      'staff.csv',
      csv(
        'Employee | Mitarbeiter,Work email | Dienstliche E-Mail,Last working day | Austrittsdatum',
        'Ana Roy,ana@alder.example.org,',
        'Luc Roy,luc@alder.example.org,13.11.2026',
      ),
    );
    expect(report.unmapped).toEqual([]);
    expect(readings.roster?.[0]?.rows).toMatchObject([
      { name: 'Ana Roy', endsOn: null },
      { name: 'Luc Roy', endsOn: '2026-11-13' },
    ]);
  });

  it('is not assumed if a heading names two things in one language', async () => {
    const { report } = await importOne(
      'personnel.csv',
      csv(
        'Nom / Prénom,Courriel / Email,Statut / Status',
        'Côté Zoé,zoe.cote@alder.example.org,Actif',
        'Roy Luc,luc.roy@alder.example.org,Actif',
      ),
      canada,
    );
    expect(report.mapping.find(({ column }) => column === 'Nom / Prénom')?.field).not.toBe('firstName');
  });
});

describe('the day that a table states in another language than English', () => {
  it.each([
    ['En date du 05/06/2026', '2026-06-05'],
    ['État au 5 juin 2026', '2026-06-05'],
    ['Exportée le : 05/06/2026', '2026-06-05'],
    ['Exportiert am 05.06.2026', '2026-06-05'],
    ['Stichtag: 05.06.2026', '2026-06-05'],
    ['Exportado el 05/06/2026', '2026-06-05'],
    ['Exportado em 05/06/2026', '2026-06-05'],
    ['Peildatum 05-06-2026', '2026-06-05'],
    ['Aggiornato al 05/06/2026', '2026-06-05'],
  ])('%s', async (line, day) => {
    const { report } = await importOne(
      'staff.csv',
      csv(line, '', 'Name,Email,Status', 'Ana Roy,ana@alder.example.org,Active'),
    );
    expect(report.observedOn).toBe(day);
  });
});
