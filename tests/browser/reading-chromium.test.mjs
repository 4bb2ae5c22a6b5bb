import { reading } from './suite.mjs';

reading('chromium');
