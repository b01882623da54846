import { z } from 'zod';
import { clientParam, operationsOf } from '../operation.ts';
import { devicesSchema, lintSchema } from './schemas.ts';

const { download, get, put } = operationsOf({
  feature: 'Device lockdown',
  scope: 'client',
  permission: 'charter.read',
});
const chosen = {
  client: clientParam,
  draft: z.string().min(1).max(80).optional().describe('Open draft to use instead of the charter in force'),
  organization: z
    .string()
    .trim()
    .toLowerCase()
    .max(80)
    .optional()
    .describe('ID of the Claude organization, if the charter does not state it'),
};

export const devicesContract = {
  show: get('/clients/{client}/devices', {
    title: 'Show the settings that enforce the charter on devices',
    description:
      'For Claude Desktop and Claude Code: each setting with its value, the clause behind it and the source; what no setting on a device can do; and the files.',
    cli: 'devices show',
    mcp: true,
    guide: ['G1.1-13'],
    boundedBy: 'the products that the catalogue has',
  })
    .input(z.object(chosen))
    .output(devicesSchema),
  file: download('/clients/{client}/devices/files/{file}', {
    title: 'Download a file of settings for devices',
    cli: 'devices file',
    why: 'A file for device management; devices show gives the same.',
  }).input(
    z.object({
      ...chosen,
      file: z.string().min(1).max(40).describe('Id of the file, from devices show, for example desktop_reg'),
    }),
  ),
  lint: put('/clients/{client}/devices/lint', {
    title: 'Check a settings file from devices',
    description:
      'A registry file, configuration profile, property list, Intune profile, managed-settings.json or managed-mcp.json. It finds old names, formats that are not read, settings that look like controls but are not, and differences from the charter. Nothing is stored.',
    audit: null,
    why: 'It reads what is sent and stores nothing.',
    cli: 'devices lint',
    transport: 'upload',
  })
    .input(
      z.object({
        ...chosen,
        name: z.string().trim().min(1).max(255).describe('Name of the file'),
      }),
    )
    .output(lintSchema),
};
