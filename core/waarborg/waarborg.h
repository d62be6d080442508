/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* libwaarborg: everything that a program of ours or of others may use. */
#include "wb-bundle.h"
#include "wb-case-report.h"
#include "wb-deadline.h"
#include "wb-encoding.h"
#include "wb-erasure.h"
#include "wb-error.h"
#include "wb-format.h"
#include "wb-i18n.h"
#include "wb-list-version.h"
#include "wb-model.h"
#include "wb-moment.h"
#include "wb-register-backup.h"
#include "wb-register.h"
#include "wb-rules.h"
#include "wb-secret.h"
#include "wb-session.h"
#include "wb-sheet.h"
#include "wb-time.h"
#include "wb-uuid.h"
#include "wb-verification.h"
