import { describe, expect, it } from 'vitest';
import { assessing } from './assessing.ts';
import { csv, importOne } from './support.ts';

/** Licenses as the Microsoft 365 admin center exports them, by product title. */

const LICENSES = csv(
  'Product Title,Total Licenses,Expired Licenses,Assigned licenses,Status message',
  'Microsoft 365 Business Premium,25,0,22,',
  '"Power BI Pro","1,200",200,1,',
  'Microsoft Entra ID P2,5,5,0,Expired',
);

describe('the list of licenses of the admin center', () => {
  it('gives what is held of each product, and nothing where all of it may have run out', async () => {
    const { report, readings } = await importOne('licenses.csv', LICENSES);
    expect(report).toMatchObject({ outcome: 'taken', kind: 'subscribed_skus' });
    expect(readings.subscribed_skus?.[0]?.rows).toMatchObject([
      { partNumber: 'Microsoft 365 Business Premium', enabledUnits: 25, consumedUnits: 22 },
      { partNumber: 'Power BI Pro', enabledUnits: 1000, consumedUnits: 1 },
      { partNumber: 'Microsoft Entra ID P2', enabledUnits: null, capabilityStatus: null },
    ]);
  });

  it('of the page Your products, with the states of subscriptions', async () => {
    const { readings } = await importOne(
      'Your products.csv',
      csv(
        'Product name,Assigned licenses,Purchased quantity,Available quantity,Subscription status',
        'Microsoft 365 Business Premium,22,25,3,Active',
        'Microsoft 365 E5,0,10,10,Disabled',
        'Microsoft 365 E3,0,10,10,Expiring',
      ),
    );
    expect(readings.subscribed_skus?.[0]?.rows).toMatchObject([
      { capabilityStatus: 'Enabled', enabledUnits: 25 },
      { capabilityStatus: 'Suspended', enabledUnits: 0 },
      { capabilityStatus: 'Expiring', enabledUnits: 10 },
    ]);
  });

  it('answers for a capability by the title, and doubts a title that no one knows', async () => {
    const profile = { m365: undefined, staffCount: 20 };
    const known = await assessing({ files: { 'licenses.csv': LICENSES }, profile });
    expect(known.verdict('CLA-M365-01').state).toBe('pass');
    const unknown = await assessing({
      files: {
        'licenses.csv': csv(
          'Product Title,Total Licenses,Expired Licenses,Assigned licenses',
          'Microsoft 365 Business Deluxe,25,0,22',
        ),
      },
      profile,
    });
    expect(unknown.verdict('CLA-M365-01').state).toBe('cannot_read');
    expect(unknown.verdict('CLA-M365-01').reason).toContain('Microsoft 365 Business Deluxe');
    const ended = await assessing({
      files: {
        'licenses.csv': csv(
          'Product Title,Total Licenses,Expired Licenses,Assigned licenses',
          'Microsoft 365 Business Premium,5,5,22',
        ),
      },
      profile,
    });
    expect(ended.verdict('CLA-M365-01').state).toBe('cannot_read');
  });

  it('of PowerShell, by part numbers and ids', async () => {
    const { readings } = await importOne(
      'skus.csv',
      csv(
        'SkuId,SkuPartNumber,CapabilityStatus,ConsumedUnits,PrepaidUnits,ServicePlans',
        'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46,SPB,Enabled,3,Microsoft.Graph.LicenseUnitsDetail,System.Object[]',
      ),
    );
    expect(readings.subscribed_skus?.[0]?.rows).toMatchObject([
      {
        skuId: 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46',
        partNumber: 'SPB',
        capabilityStatus: 'Enabled',
        enabledUnits: null,
        consumedUnits: 3,
      },
    ]);
  });

  it('is no list of other products', async () => {
    const { report } = await importOne(
      'licenses.csv',
      csv('Product,Assigned,Total', 'Acrobat Pro,3,5', 'Slack,20,25'),
    );
    expect(report.outcome).toBe('not_placed');
  });
});
