"""Files of cues: stretches of time with what was said in them, as WebVTT, SRT and SBV, of all programs."""
