import { opening } from './suite.mjs';

opening('chromium');
