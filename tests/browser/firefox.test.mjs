import { opening } from './suite.mjs';

opening('firefox');
