import type { HandlersOf } from '../handlers-of.ts';
import type { microsoftConnectorContract } from './contract.ts';
import { lookUpGallery } from './gallery.ts';
import { showMicrosoftConnector } from './show.ts';

export const microsoftConnectorHandlers: HandlersOf<typeof microsoftConnectorContract> = {
  show: showMicrosoftConnector,
  gallery: lookUpGallery,
};
