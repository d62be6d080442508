/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-record-form.h"
#include "wb-session.h"

G_BEGIN_DECLS

/* Says below the urgency of an allegation's form what limit it sets, as the core counts it. */
void wb_urgency_remark_follow (WbRecordForm *form, WbSession *session);

G_END_DECLS
